//! Faults planted on purpose: each must be found, and what is allowed must not be.

use crate::check::faults;

/// The faults of a file, without the place.
fn found(name: &str, source: &str) -> Vec<String> {
    let place = format!("src/{name}:");
    faults(name, source)
        .into_iter()
        .map(|fault| {
            let rest = fault.strip_prefix(&place).expect("the fault names its file");
            rest.split_once(": ").expect("and its line").1.to_owned()
        })
        .collect()
}

fn assert_fault(name: &str, source: &str, expected: &str) {
    assert_eq!(found(name, source), [expected], "in {name}: {source}");
}

#[test]
fn a_room_to_the_right_is_found_however_its_path_is_written() {
    let expected = "`diary` uses `wasm`, which stands to its right";
    for (name, source) in [
        ("diary/mod.rs", "use crate::wasm;"),
        ("diary/mod.rs", "use crate::wasm::encode as e;"),
        ("diary/mod.rs", "use crate::{error, wasm::encode};"),
        ("diary/mod.rs", "use {crate::wasm};"),
        ("diary/mod.rs", "use {crate::{error::{Code, Error}, wasm}};"),
        ("diary/mod.rs", "use super::wasm;"),
        ("diary/entry.rs", "use super::super::wasm;"),
        ("diary/entry.rs", "use super::{super::{wasm}, day};"),
        ("diary/entry/mod.rs", "use super::super::wasm;"),
        ("diary/entry/id.rs", "use super::super::super::wasm;"),
        ("diary/mod.rs", "use self::super::wasm;"),
        ("diary/mod.rs", "fn f() { crate::wasm::g(); }"),
        ("diary/mod.rs", "fn f() -> Vec<crate::wasm::T> { Vec::<_>::new() }"),
        ("diary/mod.rs", "struct A(pub (crate::wasm::T));"),
        ("diary/mod.rs", "use doseline::wasm;"),
        ("diary/mod.rs", "use ::doseline::wasm;"),
        ("diary/mod.rs", "use crate::r#wasm;"),
        ("diary/mod.rs", "pub(crate) use crate::wasm::T;"),
        ("diary/mod.rs", "macro_rules! m { () => { $crate::wasm::f() }; }"),
        ("diary/mod.rs", "fn f() { println!(\"{}\", crate::wasm::f()); }"),
        ("diary/mod.rs", "#[cfg(test)] mod tests { use crate::wasm::f; }"),
        ("diary/mod.rs", "#[cfg(test)] mod tests { use super::super::wasm::f; }"),
        ("diary/entry.rs", "mod a { mod b { use super::super::super::super::wasm; } }"),
        ("diary/mod.rs", "struct A { #[serde(with = \"crate::wasm::day\")] day: Day }"),
        ("diary/mod.rs", "#[cfg_attr(test, serde(with = \"super::wasm::day\"))] struct A;"),
    ] {
        assert_fault(name, source, expected);
    }
}

#[test]
fn every_room_is_kept_from_its_right() {
    assert_fault(
        "error/mod.rs",
        "use crate::diary;",
        "`error` uses `diary`, which stands to its right",
    );
    assert_fault(
        "safety/rule.rs",
        "use crate::report::wording;",
        "`safety` uses `report`, which stands to its right",
    );
    assert_fault(
        "analysis/statistics/mod.rs",
        "use crate::safety::Flag;",
        "`analysis` uses `safety`, which stands to its right",
    );
}

#[test]
fn the_root_as_a_whole_is_refused() {
    for (name, source) in [
        ("diary/mod.rs", "use crate as c;"),
        ("diary/mod.rs", "use crate::*;"),
        ("diary/mod.rs", "use crate::{self as c};"),
        ("diary/entry.rs", "use super::super as root;"),
        ("diary/mod.rs", "use super::*;"),
        ("diary/mod.rs", "use super::{*};"),
    ] {
        assert_fault(name, source, "names the crate's root as a whole");
    }
    assert_fault("lib.rs", "extern crate self as doseline;", "gives the crate another name");
    assert_fault("diary/mod.rs", "use crate::helper::f;", "`crate::helper` is no room");
}

#[test]
fn source_from_another_place_is_refused() {
    let module = "takes a module's source from another place";
    assert_fault("diary/mod.rs", "#[path = \"../wasm/mod.rs\"] mod w;", module);
    assert_fault("diary/mod.rs", "#[cfg_attr(unix, path = \"w.rs\")] mod w;", module);
    let text = "includes source from another place";
    assert_fault("diary/mod.rs", "include!(\"../wasm/mod.rs\");", text);
}

#[test]
fn what_stands_to_the_left_or_in_the_room_is_free() {
    for (name, source) in [
        ("diary/mod.rs", "use crate::error::{Error, Result}; use crate::diary::Day;"),
        (
            "wasm/mod.rs",
            "use crate::{error, diary, reference, analysis, safety, report, interchange};",
        ),
        ("diary/entry.rs", "use super::{Day, id::Id}; use super::*; use self::a::B;"),
        ("diary/mod.rs", "#[cfg(test)] mod tests { use super::*; }"),
        ("diary/mod.rs", "pub(crate) struct A { pub(super) a: u8, pub(in crate::diary) b: u8 }"),
        ("diary/mod.rs", "fn f(&self) { self.wasm.g(); let wasm = report::h; }"),
        (
            "diary/mod.rs",
            "//! See [`crate::report`].\n/// Not `crate::wasm`.\nstruct A; // crate::wasm",
        ),
        ("diary/mod.rs", "const A: &str = \"crate::wasm\";"),
        ("diary/mod.rs", "extern crate alloc; #[cfg(target_arch = \"wasm32\")] fn f() {}"),
        ("lib.rs", "pub mod diary; pub mod wasm;"),
    ] {
        assert_eq!(found(name, source), [""; 0], "in {name}: {source}");
    }
}

#[test]
fn javascript_is_named_in_one_room() {
    for (source, crate_name) in [
        ("use wasm_bindgen::prelude::*;", "wasm_bindgen"),
        ("#[wasm_bindgen] pub fn f() {}", "wasm_bindgen"),
        ("use serde_wasm_bindgen as encode;", "serde_wasm_bindgen"),
        ("fn f() { let d = js_sys::Date::now(); }", "js_sys"),
        ("use web_sys::Window;", "web_sys"),
        ("use gloo::timers;", "gloo"),
        ("use gloo_storage::Storage;", "gloo_storage"),
        ("use {wasm_bindgen_futures::spawn_local};", "wasm_bindgen_futures"),
        ("macro_rules! m { () => { ::js_sys::Date::now() }; }", "js_sys"),
        ("#[cfg(test)] mod tests { use js_sys::Date; }", "js_sys"),
    ] {
        let expected = format!("names `{crate_name}`; only src/wasm speaks to JavaScript");
        assert_fault("report/mod.rs", source, &expected);
        assert_fault("lib.rs", source, &expected);
        assert_eq!(found("wasm/encode.rs", source), [""; 0], "in wasm: {source}");
    }
}

#[test]
fn the_clock_and_the_machine_are_read_at_the_boundary() {
    for (source, module) in [
        ("use std::time::SystemTime;", "time"),
        ("use std::{fmt, time::{Instant}};", "time"),
        ("fn f() { std::env::var(\"TZ\"); }", "env"),
    ] {
        let expected = format!("`std::{module}`: only src/wasm looks outside");
        assert_fault("analysis/mod.rs", source, &expected);
    }
    assert_eq!(found("diary/mod.rs", "use std::{fmt, collections::BTreeMap};"), [""; 0]);
}

#[test]
fn inexact_functions_are_called_in_one_file() {
    for (source, function) in [
        ("fn f(x: f64) -> f64 { x.exp() }", "exp"),
        ("fn f(x: f64) -> f64 { x . ln () }", "ln"),
        ("fn f(x: f64) -> f64 { x.powf(0.5) }", "powf"),
        ("fn f(x: f64) -> f64 { x.powi(2) }", "powi"),
        ("fn f(x: f64) -> f64 { f64::sin(x) }", "sin"),
        ("fn f(x: Vec<f64>) { x.into_iter().map(f64::tanh); }", "tanh"),
        ("fn f(x: f64) -> f64 { <f64>::log10(x) }", "log10"),
        ("macro_rules! m { ($x:expr) => { $x.cos() }; }", "cos"),
    ] {
        let expected = format!("calls `{function}`; only src/analysis/statistics/math.rs does");
        assert_fault("analysis/trend.rs", source, &expected);
        assert_eq!(found("analysis/statistics/math.rs", source), [""; 0], "in math: {source}");
    }
    assert_fault(
        "analysis/trend.rs",
        "fn f(x: f64) -> f64 { libm::exp(x) }",
        "names `libm`; only src/analysis/statistics/math.rs does",
    );
    let free = "fn f(x: f64) -> f64 { math::exp(x).sqrt().abs() + x.mul_add(2.0, exp) }";
    assert_eq!(found("analysis/trend.rs", free), [""; 0]);
}

#[test]
fn a_fault_names_its_file_and_line() {
    assert_eq!(
        faults("diary/mod.rs", "//! Words.\n\nuse crate::wasm;\n"),
        ["src/diary/mod.rs:3: `diary` uses `wasm`, which stands to its right"]
    );
}

#[test]
fn a_file_that_is_not_rust_is_a_fault() {
    assert!(faults("diary/mod.rs", "fn f( {")[0].starts_with("src/diary/mod.rs: "));
}
