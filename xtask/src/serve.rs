//! A small server for the demo, on this machine only, under the strictest policy the page can have.
//!
//! `/` is `target/demo`; `/pkg/` and `/www/examples/` are those folders, so that the examples run as
//! they stand in the project.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Result, anyhow};

use crate::project::Project;

/// What the page may do. `connect-src 'self'` lets it fetch its own wasm. The two trusted-types
/// policies are those under which the API starts its worker and the page its service worker.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types doseline doseline-demo";

/// How long a connection may stay silent: browsers open some that they never use.
const SILENCE: Duration = Duration::from_secs(30);

/// A running server; it stops when dropped.
///
/// By hand, because a connection that waits for a free thread of a pool can wait for good: each has
/// its own thread here, and one answer.
pub(crate) struct Server {
    port: u16,
    is_stopped: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts serving on `port`, or on any free one for 0.
    pub(crate) fn start(project: &Project, port: u16) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).map_err(|error| {
            anyhow!("port {port} cannot be used: {error}.\nWhat to do: choose another with --port")
        })?;
        let port = listener.local_addr()?.port();
        let folders = Arc::new(Folders(vec![
            ("/pkg/", project.path("pkg")),
            ("/www/examples/", project.path("www/examples")),
            ("/", project.path("target/demo")),
        ]));
        let is_stopped = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&is_stopped);
        let accepting = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let folders = Arc::clone(&folders);
                // A browser that went away needs no answer.
                thread::spawn(move || answer(&stream, &folders).ok());
            }
        });
        Ok(Self { port, is_stopped, accepting: Some(accepting) })
    }

    /// The address of the demo page.
    pub(crate) fn address(&self) -> String {
        format!("http://localhost:{}/", self.port)
    }

    /// Serves until the process is ended.
    pub(crate) fn wait(mut self) -> Result<()> {
        self.accepting
            .take()
            .map_or(Ok(()), |accepting| accepting.join().map_err(|_| anyhow!("the server stopped")))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_stopped.store(true, Ordering::Relaxed);
        // The listener sees it with its next connection.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
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

/// Answers the one request of a connection (RFC 9112) and closes it.
fn answer(stream: &TcpStream, folders: &Folders) -> io::Result<()> {
    stream.set_read_timeout(Some(SILENCE))?;
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    // The request ends with an empty line; what its header says changes nothing here.
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let mut words = request.split(' ');
    let (method, url) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (status, kind, body) = match (method, folders.file(url)) {
        ("GET" | "HEAD", Some(file)) => ("200 OK", media_type(&file), fs::read(&file)?),
        ("GET" | "HEAD", None) => ("404 Not Found", "text/plain", b"not found\n".to_vec()),
        _ => ("405 Method Not Allowed", "text/plain", b"only GET\n".to_vec()),
    };
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         Content-Security-Policy: {POLICY}\r\nX-Content-Type-Options: nosniff\r\n\
         Referrer-Policy: no-referrer\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    if method != "HEAD" {
        stream.write_all(&body)?;
    }
    stream.flush()
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
