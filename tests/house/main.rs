//! The house keeps its order: rooms use only what stands to their left, one room knows JavaScript,
//! one file knows transcendental functions, and each room opens with a text that teaches its word.

mod check;
mod planted;

use std::fs;
use std::path::{Path, PathBuf};

use check::ROOMS;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files_below(&path, kind));
        } else if path.extension().is_some_and(|found| found == kind) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn folders_in(folder: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(project().join(folder))
        .expect("a folder")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir() && entry.file_name() != "node_modules")
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn every_file_of_src_keeps_the_order() {
    let src = project().join("src");
    let files = files_below(&src, "rs");
    assert!(files.len() > ROOMS.len(), "src has a file for every room and lib.rs");
    let faults: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let name = file.strip_prefix(&src).expect("below src");
            let name = name.to_string_lossy().replace('\\', "/");
            check::faults(&name, &fs::read_to_string(file).expect("a text"))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn src_has_the_rooms_of_the_arrow() {
    let mut rooms = ROOMS.map(str::to_owned);
    rooms.sort();
    assert_eq!(folders_in("src"), rooms);
    let lib = fs::read_to_string(project().join("src/lib.rs")).expect("lib.rs");
    let arrow = format!("//! `{}`", ROOMS.join(" ← "));
    assert!(lib.contains(&arrow), "the doc of src/lib.rs shows {arrow}");
}

#[test]
fn every_room_of_src_opens_with_its_doc() {
    for room in ROOMS {
        let text = fs::read_to_string(project().join("src").join(room).join("mod.rs")).expect(room);
        assert!(text.starts_with("//! "), "src/{room}/mod.rs opens with a module doc");
    }
}

#[test]
fn every_room_of_www_opens_with_its_doc() {
    let rooms = [
        ("api", "index.ts"),
        ("demo", "main.tsx"),
        ("error", "error.ts"),
        ("store", "store.ts"),
        ("widget", "elements.tsx"),
    ];
    let mut folders = folders_in("www");
    folders.retain(|name| name != "examples");
    assert_eq!(folders, rooms.map(|(room, _)| room));
    for (room, file) in rooms {
        let text = fs::read_to_string(project().join("www").join(room).join(file)).expect(file);
        assert!(text.starts_with("/**"), "www/{room}/{file} opens with a doc comment");
    }
}
