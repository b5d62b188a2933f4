//! A browser of a member: it keeps cookies, and follows where it is led.

use std::{cell::RefCell, collections::BTreeMap, fs, time::Instant};

use ureq::{Agent, http::HeaderMap};

use crate::world::{Web, World};

/// How the pages are reached, as configured; requests go to where the web listens.
pub(crate) const URL: &str = "http://localhost";

/// What is configured: the stand-in for GitHub, with people of all kinds.
pub(crate) const MEMBERS: &str = "
[members]
url = \"http://localhost\"
ask = \"desk@example.org\"
[members.provider.github]
kind = \"stand-in\"
title = \"GitHub\"
[members.provider.github.people]
ada = [\"other@example.org\", \"Ada@Example.org\"]
bob = [\"bob@example.org\"]
eve = [\"eve@example.org\"]
both = [\"ada@example.org\", \"bob@example.org\"]
none = []
";

/// What a listener with everything serves.
pub(crate) const SERVES: &str =
    "serves = [\"admin\", \"things\", \"api\", \"public\", \"members\"]";

/// Makes a space in which members log in, and get mail.
pub(crate) fn members() -> World {
    let world = World::new();
    world.configure(SERVES, MEMBERS);
    world.good(&["settings", "edit", "--mail-from", "members@example.org"]);
    world
}

/// A browser.
pub(crate) struct Browser<'w> {
    web: &'w Web,
    agent: Agent,
    cookies: RefCell<BTreeMap<String, String>>,
    pub(crate) language: &'static str,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    /// Where it leads, if it leads elsewhere.
    pub(crate) to: Option<String>,
}

impl<'w> Browser<'w> {
    pub(crate) fn new(web: &'w Web) -> Self {
        let agent =
            Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        Self { web, agent, cookies: RefCell::default(), language: "en" }
    }

    /// Goes to a page, and no further.
    pub(crate) fn go(&self, url: &str) -> Page {
        let full = self.full(url);
        let request = self.agent.get(&full).header("accept-language", self.language);
        let is_ours = full.starts_with(&self.web.url);
        let request = if is_ours { request.header("cookie", self.sent()) } else { request };
        self.take(request.call().unwrap(), is_ours)
    }

    /// Sends a form, and goes no further.
    pub(crate) fn send(&self, path: &str, form: &[(&str, &str)]) -> Page {
        self.send_from("same-origin", path, form)
    }

    /// Sends a form from a page of another site, or of this one.
    pub(crate) fn send_from(&self, site: &str, path: &str, form: &[(&str, &str)]) -> Page {
        let request = self.agent.post(self.full(path)).header("accept-language", self.language);
        let request = request.header("cookie", self.sent()).header("sec-fetch-site", site);
        // Who is refused early leaves a connection that is of no further use.
        let request = request.header("connection", "close");
        self.take(request.send_form(form.iter().copied()).unwrap(), true)
    }

    /// Goes to a page, and wherever that leads.
    pub(crate) fn open(&self, url: &str) -> Page {
        let mut page = self.go(url);
        for _ in 0..8 {
            let Some(to) = &page.to else { return page };
            page = self.go(to);
        }
        panic!("round in circles: {url}")
    }

    /// Sends a form, and goes wherever that leads.
    pub(crate) fn submit(&self, path: &str, form: &[(&str, &str)]) -> Page {
        let page = self.send(path, form);
        match &page.to {
            Some(to) => self.open(to),
            None => page,
        }
    }

    /// Logs in by the stand-in, as one of the people there.
    pub(crate) fn log_in(&self, who: &str) -> Page {
        let there = self.go("/login/with/github").to.unwrap();
        self.open(&format!("{there}&login={who}"))
    }

    /// Returns a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    /// Sets a cookie, as somebody who meddles does.
    pub(crate) fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    fn full(&self, url: &str) -> String {
        let here = url.strip_prefix("https://space.example.org").or(url.strip_prefix(URL));
        match here.filter(|it| it.is_empty() || it.starts_with('/')) {
            Some(path) => format!("{}{path}", self.web.url),
            None if url.starts_with('/') => format!("{}{url}", self.web.url),
            None => url.to_owned(),
        }
    }

    fn sent(&self) -> String {
        let all = self.cookies.borrow();
        all.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn take(&self, answer: ureq::http::Response<ureq::Body>, is_ours: bool) -> Page {
        let (head, mut body) = answer.into_parts();
        for it in head.headers.get_all("set-cookie").iter().filter(|_| is_ours) {
            let text = it.to_str().unwrap();
            let (name, value) = text.split(';').next().unwrap().split_once('=').unwrap();
            let mut all = self.cookies.borrow_mut();
            match text.contains("Max-Age=0") {
                true => all.remove(name),
                false => all.insert(name.to_owned(), value.to_owned()),
            };
        }
        let to = head.headers.get("location").map(|it| it.to_str().unwrap().to_owned());
        let text = body.read_to_string().unwrap();
        Page { status: head.status.as_u16(), headers: head.headers, text, to }
    }
}

/// Waits until there are so many letters, and returns the links in them, each with its address.
#[track_caller]
pub(crate) fn links(world: &World, count: usize) -> Vec<(String, String)> {
    let folder = world.git().join("space/mail");
    let begun = Instant::now();
    loop {
        let files = fs::read_dir(&folder).into_iter().flatten().map(|it| it.unwrap().path());
        let mut files: Vec<_> =
            files.filter(|it| it.extension().is_some_and(|it| it == "eml")).collect();
        files.sort();
        let letters: Vec<(String, String)> = files
            .iter()
            .filter_map(|it| {
                let text = fs::read_to_string(it).unwrap().replace("=\r\n", "").replace("=3D", "=");
                let to = text.lines().find_map(|it| it.strip_prefix("To: ")).unwrap().to_owned();
                let link = text.split_whitespace().find(|it| it.contains("/login/link?key="))?;
                Some((to, link.to_owned()))
            })
            .collect();
        if letters.len() >= count {
            return letters;
        }
        assert!(begun.elapsed().as_secs() < 60, "{count} letters, not {}", letters.len());
        std::thread::yield_now();
    }
}
