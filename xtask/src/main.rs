//! Build, serve, test and measure Doseline: `cargo xtask <command>`.
//!
//! A command is one module with `run(&Project, &[String])` and one row in [`COMMANDS`]. What the
//! commands share: [`project`] (where things are, and how a program is called), [`inputs`] (a step
//! whose inputs are unchanged is not done again), [`tools`] (what must be installed).

mod bench;
mod bits;
mod calibrate;
mod demo;
mod gate;
mod inputs;
mod package;
mod picture;
mod project;
mod samples;
mod serve;
mod size;
mod tally;
mod tools;

use std::process::ExitCode;

use anyhow::{Result, bail};

use project::Project;

/// A sub-command: its name, its arguments, what it does, and the function that does it.
struct Command {
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    run: fn(&Project, &[String]) -> Result<()>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "demo",
        arguments: "[--port N] [--no-serve]",
        about: "build everything, serve the demo page and print its address",
        run: demo::run,
    },
    Command {
        name: "test",
        arguments: "[step …] [--fresh]",
        about: "run every gate, or the named steps; --fresh repeats unchanged steps too",
        run: gate::run,
    },
    Command {
        name: "build",
        arguments: "[--without part,part]",
        about: "build the npm package into pkg/dist, without some parts of the core",
        run: package::run,
    },
    Command {
        name: "bench",
        arguments: "[--native-peers]",
        about: "measure a diary of ten years and the estimators, into docs/performance.md",
        run: bench::run,
    },
    Command {
        name: "calibrate",
        arguments: "[--quick] [--runs N] [--seed N]",
        about: "simulate diaries and write how often the claims err",
        run: calibrate::run,
    },
    Command {
        name: "bits",
        arguments: "[diaries]",
        about: "compare every view of random diaries, bit for bit: native, Node, Chromium",
        run: bits::run,
    },
    Command {
        name: "picture",
        arguments: "",
        about: "take the README's picture of the timeline, into docs/timeline.png",
        run: picture::run,
    },
    Command {
        name: "samples",
        arguments: "[folder]",
        about: "write the made-up diaries, the bench's too, into target/samples",
        run: samples::run,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let project = Project::find();
    match arguments.split_first() {
        None => {
            print!("{}", usage());
            Ok(())
        }
        Some((name, _)) if matches!(name.as_str(), "help" | "--help" | "-h") => {
            print!("{}", usage());
            Ok(())
        }
        Some((name, rest)) => match COMMANDS.iter().find(|command| command.name == name) {
            Some(command) => (command.run)(&project, rest),
            None => bail!("there is no command `{name}`\n\n{}", usage()),
        },
    }
}

fn usage() -> String {
    let mut text = String::from("cargo xtask <command>\n\n");
    for Command { name, arguments, about, .. } in COMMANDS {
        text += &format!("  {:<44} {about}\n", format!("{name} {arguments}"));
    }
    text
}
