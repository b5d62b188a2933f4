//! A server on this machine that answers as it is told.

use std::{
    collections::VecDeque,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Mutex, OnceLock, PoisonError},
};

use serde_json::Value;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::{Answer, Changed, good::good};

/// The statuses of odd answers.
const STATUSES: [u16; 9] = [200, 200, 200, 400, 401, 404, 409, 422, 500];

pub(crate) struct Server {
    pub(crate) url: String,
    answers: Mutex<VecDeque<Answer>>,
}

/// Returns the one server.
pub(crate) fn shared() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    let mut new = None;
    let it = SERVER.get_or_init(|| {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        new = Some(listener);
        Server { url, answers: Mutex::default() }
    });
    if let Some(listener) = new {
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = it.serve(stream);
            }
        });
    }
    it
}

impl Server {
    pub(crate) fn answers(&self, answers: VecDeque<Answer>) {
        *self.answers.lock().unwrap_or_else(PoisonError::into_inner) = answers;
    }

    /// Returns the next answer; when there is none left, the service is broken, so that lists end.
    fn next(&self) -> Answer {
        let mut all = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        all.pop_front().unwrap_or(Answer::Other(8, Vec::new()))
    }

    fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        let (mut path, mut length, mut key) = (String::new(), 0, None);
        for number in 0.. {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            if number == 0 {
                path = line.split(' ').nth(1).unwrap_or_default().to_owned();
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse().unwrap_or(0),
                "sec-websocket-key" => key = Some(value.trim().to_owned()),
                _ => {}
            }
        }
        std::io::copy(&mut reader.take(length), &mut std::io::sink())?;
        if let Some(key) = key {
            return self.talk(&mut stream, &key);
        }
        let (status, body) = self.next().bytes(&path, &self.url);
        let head = format!(
            "HTTP/1.1 {status} It\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(&body)
    }

    /// Sends what is left to a web socket, a message each.
    fn talk(&self, stream: &mut TcpStream, key: &str) -> std::io::Result<()> {
        let accept = derive_accept_key(key.as_bytes());
        write!(
            stream,
            "HTTP/1.1 101 Yes\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-accept: {accept}\r\n\r\n"
        )?;
        for _ in 0..20 {
            let (status, body) = self.next().bytes("/socket", &self.url);
            if status == 500 {
                break;
            }
            let mut frame = vec![0x81];
            match body.len() {
                short @ 0..126 => frame.push(u8::try_from(short).unwrap_or(0)),
                long => {
                    frame.push(127);
                    frame.extend((long as u64).to_be_bytes());
                }
            }
            frame.extend(body);
            stream.write_all(&frame)?;
        }
        Ok(())
    }
}

impl Answer {
    /// Returns the status and the bytes of an answer to a path.
    fn bytes(self, path: &str, url: &str) -> (u16, Vec<u8>) {
        let mut it = good(path, url);
        match self {
            Self::Good => {}
            Self::Changed(at, with) => {
                if let Some(place) = place(&mut it, &mut usize::from(at)) {
                    *place = with.value(place);
                }
            }
            Self::Without(at) => without(&mut it, &mut usize::from(at)),
            Self::Other(status, bytes) => {
                return (STATUSES[usize::from(status) % STATUSES.len()], bytes);
            }
        }
        (200, it.to_string().into_bytes())
    }
}

impl Changed {
    fn value(self, old: &Value) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Flag(it) => it.into(),
            Self::Number(it) => it.into(),
            Self::Fraction(it) => it.into(),
            Self::Text(it) => it.into(),
            Self::Nothing => serde_json::json!({}),
            Self::Many(count) => vec![old.clone(); usize::from(count)].into(),
        }
    }
}

/// Returns the value at a place, counted in the order in which they stand.
fn place<'v>(it: &'v mut Value, left: &mut usize) -> Option<&'v mut Value> {
    if *left == 0 {
        return Some(it);
    }
    *left -= 1;
    match it {
        Value::Object(fields) => fields.values_mut().find_map(|it| place(it, left)),
        Value::Array(all) => all.iter_mut().find_map(|it| place(it, left)),
        _ => None,
    }
}

/// Takes a field out of whichever object stands at a place.
fn without(it: &mut Value, left: &mut usize) {
    let at = *left;
    let mut object = 0;
    let mut queue = vec![it];
    while let Some(it) = queue.pop() {
        match it {
            Value::Object(fields) => {
                if object + fields.len() > at {
                    let name = fields.keys().nth(at - object).cloned().unwrap_or_default();
                    fields.remove(&name);
                    return;
                }
                object += fields.len();
                queue.extend(fields.values_mut());
            }
            Value::Array(all) => queue.extend(all.iter_mut()),
            _ => {}
        }
    }
}
