//! A small server for the demo, on this machine only, under the strictest policy the page can have.
//!
//! `/` is `target/demo`; `/pkg/` and `/www/examples/` are those folders, so that the examples run as
//! they stand in the project.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use anyhow::{Result, anyhow, bail};
use tiny_http::{Header, Method, Request, Response};

use crate::project::Project;

/// What the page may do. `connect-src 'self'` lets it fetch its own wasm. The two trusted-types
/// policies are those under which the API starts its worker and the page its service worker.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types doseline doseline-demo";

const WORKERS: usize = 4;

/// A running server; it stops when dropped.
pub(crate) struct Server {
    http: Arc<tiny_http::Server>,
    workers: Vec<JoinHandle<()>>,
    port: u16,
}

impl Server {
    /// Starts serving on `port`, or on any free one for 0.
    pub(crate) fn start(project: &Project, port: u16) -> Result<Self> {
        let http = tiny_http::Server::http(("127.0.0.1", port)).map_err(|error| {
            anyhow!("port {port} cannot be used: {error}.\nWhat to do: choose another with --port")
        })?;
        let Some(address) = http.server_addr().to_ip() else {
            bail!("the server has no address");
        };
        let http = Arc::new(http);
        let folders = Arc::new(Folders(vec![
            ("/pkg/", project.path("pkg")),
            ("/www/examples/", project.path("www/examples")),
            ("/", project.path("target/demo")),
        ]));
        let workers = (0..WORKERS)
            .map(|_| {
                let (http, folders) = (Arc::clone(&http), Arc::clone(&folders));
                thread::spawn(move || {
                    while let Ok(request) = http.recv() {
                        // A browser that went away needs no answer.
                        let _ = answer(request, &folders);
                    }
                })
            })
            .collect();
        Ok(Self { http, workers, port: address.port() })
    }

    /// The address of the demo page.
    pub(crate) fn address(&self) -> String {
        format!("http://localhost:{}/", self.port)
    }

    /// Serves until the process is ended.
    pub(crate) fn wait(mut self) -> Result<()> {
        for worker in self.workers.drain(..) {
            worker.join().map_err(|_| anyhow!("the server stopped"))?;
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for _ in &self.workers {
            self.http.unblock();
        }
    }
}

/// Which folder an address leads to; the first prefix that fits counts.
struct Folders(Vec<(&'static str, PathBuf)>);

impl Folders {
    /// The file of a request's address, if there is one inside the served folders.
    fn file(&self, url: &str) -> Option<PathBuf> {
        let path = percent_decoded(url.split(['?', '#']).next()?)?;
        let (prefix, folder) = self.0.iter().find(|(prefix, _)| path.starts_with(prefix))?;
        let mut file = folder.clone();
        for part in path[prefix.len()..].split('/').filter(|part| !part.is_empty()) {
            if part.starts_with('.') || part.contains(['\\', ':', '\0']) {
                return None;
            }
            file.push(part);
        }
        if file.is_dir() {
            file.push("index.html");
        }
        file.is_file().then_some(file)
    }
}

fn percent_decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'%' {
            let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &rest[2..];
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn answer(request: Request, folders: &Folders) -> std::io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::from_string("only GET\n").with_status_code(405));
    }
    let Some(file) = folders.file(request.url()) else {
        return request.respond(Response::from_string("not found\n").with_status_code(404));
    };
    let mut response = Response::from_data(fs::read(&file)?);
    for (name, value) in [
        ("Content-Type", media_type(&file)),
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-cache"),
    ] {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    request.respond(response)
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|kind| kind.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders() -> Folders {
        let project = Project::find();
        Folders(vec![("/pkg/", project.path("pkg")), ("/", project.path("xtask"))])
    }

    #[test]
    fn finds_files_by_prefix() {
        let folders = folders();
        assert!(
            folders
                .file("/pkg/package.json?v=1")
                .is_some_and(|path| path.ends_with("pkg/package.json"))
        );
        assert!(folders.file("/src/serve%2Ers").is_some_and(|path| path.ends_with("src/serve.rs")));
        assert_eq!(folders.file("/src/absent.rs"), None);
    }

    #[test]
    fn stays_inside_its_folders() {
        let folders = folders();
        for url in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/src/../../Cargo.toml",
            "/..%2fCargo.toml",
            "/..\\Cargo.toml",
            "/%00",
            "/%zz",
            "Cargo.toml",
        ] {
            assert_eq!(folders.file(url), None, "{url}");
        }
    }

    #[test]
    fn wasm_has_the_type_that_streaming_needs() {
        assert_eq!(media_type(Path::new("core.wasm")), "application/wasm");
    }
}
