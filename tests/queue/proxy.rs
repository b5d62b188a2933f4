//! Stands between us and a server, and gives some of the answers itself.

use std::{
    collections::VecDeque,
    io::{self, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// Makes an answer to a request: its status and body.
pub(crate) type Answer = Box<dyn Fn(&str) -> (u16, String) + Send>;

/// A proxy that answers as it is told, and then passes everything on.
pub(crate) struct Proxy {
    pub(crate) port: u16,
    answers: Arc<Mutex<VecDeque<Answer>>>,
}

impl Proxy {
    /// Starts one before the port of a server; the thread ends with the test.
    pub(crate) fn start(before: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let answers = Arc::<Mutex<VecDeque<Answer>>>::default();
        let proxy = Self { port, answers: answers.clone() };
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let answers = answers.clone();
                thread::spawn(move || serve(client, before, &answers));
            }
        });
        proxy
    }

    /// Gives an answer to a request that comes later.
    pub(crate) fn answer(&self, answer: impl Fn(&str) -> (u16, String) + Send + 'static) {
        self.answers.lock().unwrap().push_back(Box::new(answer));
    }

    /// Answers with an error, so many times.
    pub(crate) fn fail(&self, times: usize, status: u16, code: &'static str, why: &'static str) {
        for _ in 0..times {
            self.answer(move |_| (status, error(code, why)));
        }
    }

    /// Returns how many answers are left, and forgets them.
    pub(crate) fn left(&self) -> usize {
        self.answers.lock().unwrap().drain(..).count()
    }
}

/// Returns an error as SQS writes it.
pub(crate) fn error(code: &str, why: &str) -> String {
    serde_json::json!({ "__type": format!("com.amazonaws.sqs#{code}"), "message": why }).to_string()
}

/// Serves a connection, each of which carries one request of ours.
fn serve(mut client: TcpStream, before: u16, answers: &Mutex<VecDeque<Answer>>) -> io::Result<()> {
    let request = read(&mut client)?;
    let answer = answers.lock().unwrap().pop_front();
    let Some(answer) = answer else {
        let server = SocketAddr::from(([127, 0, 0, 1], before));
        let mut server = TcpStream::connect(server)?;
        // One request a connection, so that the next one may be answered here.
        let (start, rest) = request.split_once("\r\n").unwrap();
        server.write_all(format!("{start}\r\nConnection: close\r\n{rest}").as_bytes())?;
        return io::copy(&mut server, &mut client).map(drop);
    };
    let (status, body) = answer(&request);
    let head = format!("HTTP/1.1 {status} Said\r\nContent-Type: application/x-amz-json-1.0\r\n");
    let length = body.len();
    write!(client, "{head}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}")
}

fn read(client: &mut TcpStream) -> io::Result<String> {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    loop {
        let read = client.read(&mut part)?;
        bytes.extend_from_slice(&part[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            continue;
        };
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>())
        });
        if body.len() >= length.transpose().unwrap().unwrap_or(0) {
            return Ok(text);
        }
    }
}
