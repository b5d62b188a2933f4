//! A controller as it stands beside a tool: it writes a request to a socket, and reads an answer line
//! by line without any library.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
};

use hmac::{Hmac, Mac as _};
use serde_json::Value;
use sha2::Sha256;

use crate::world::Web;

/// How much of an answer a small controller keeps, in bytes.
const MEMORY: usize = 200;

/// A controller of one thing.
pub(crate) struct Controller {
    address: String,
    thing: &'static str,
    key: Option<Vec<u8>>,
}

impl Controller {
    pub(crate) fn new(web: &Web, thing: &'static str) -> Self {
        let address = web.url.strip_prefix("http://").unwrap().to_owned();
        Self { address, thing, key: None }
    }

    /// Gives it a key to sign with, as it is printed.
    pub(crate) fn with_key(mut self, digits: &str) -> Self {
        let digits = digits.trim();
        let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
        self.key = Some((0..64).step_by(2).map(byte).collect());
        self
    }

    /// Asks with parameters that need no escapes, and returns the answer.
    pub(crate) fn ask(&self, path: &str, params: &[(&str, &str)]) -> Value {
        self.send(&self.request(path, params, 0))
    }

    /// Returns the line of a request; its time is so many seconds away from now.
    pub(crate) fn request(&self, path: &str, params: &[(&str, &str)], off: i64) -> String {
        let time = (space::clock::running()().as_second() + off).to_string();
        let mut all = params.to_vec();
        all.push(("thing", self.thing));
        if self.key.is_some() {
            all.push(("time", &time));
        }
        all.sort_unstable();
        let mac = self.key.as_ref().map(|key| {
            let lines: String =
                all.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
            let text = format!("GET {path}\n{lines}");
            let mac = Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(text);
            let mac = mac.finalize().into_bytes();
            mac.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        });
        all.extend(mac.as_deref().map(|mac| ("mac", mac)));
        let query: Vec<String> =
            all.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("GET {path}?{}", query.join("&"))
    }

    /// Sends the line of a request, and returns the answer.
    pub(crate) fn send(&self, line: &str) -> Value {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address)
            .unwrap();
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        reader.read_line(&mut head).unwrap();
        assert_eq!(head, "HTTP/1.1 200 OK\r\n", "{line}");
        let mut length = None;
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).unwrap();
            if header == "\r\n" {
                break;
            }
            let (name, value) = header.split_once(": ").unwrap();
            if name.eq_ignore_ascii_case("content-length") {
                length = Some(value.trim().parse::<usize>().unwrap());
            }
        }
        let mut answer = String::new();
        reader.read_line(&mut answer).unwrap();
        assert_eq!(length, Some(answer.len()));
        let mut rest = String::new();
        reader.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "", "nothing follows the line");
        assert!(answer.len() <= MEMORY, "{answer}");
        serde_json::from_str(&answer).unwrap()
    }
}
