//! A browser without a screen: it follows where it is led, and keeps cookies.

use space::integrations::identity::Back;
use ureq::Agent;

use crate::peers::REDIRECT;

/// Goes where somebody who logs in is sent, until it leads back; returns with what, and the state.
pub(crate) fn go(url: &str, login: &str) -> (Back, String) {
    let agent: Agent =
        Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
    let mut url = format!("{url}&login={login}&login_hint={login}");
    let mut cookies: Vec<String> = Vec::new();
    for _ in 0..12 {
        let answer = agent.get(&url).header("cookie", cookies.join("; ")).call().unwrap();
        // The mock has a form instead of a session.
        let answer = match answer.status().as_u16() {
            200 => agent.post(&url).send_form([("sub", login)]).unwrap(),
            _ => answer,
        };
        for it in answer.headers().get_all("set-cookie") {
            let pair = it.to_str().unwrap().split(';').next().unwrap().to_owned();
            let name = pair.split('=').next().unwrap().to_owned() + "=";
            cookies.retain(|it| !it.starts_with(&name));
            cookies.push(pair);
        }
        let to = answer.headers().get("location").unwrap_or_else(|| panic!("{answer:?}"));
        let to = to.to_str().unwrap().to_owned();
        if let Some(query) = to.strip_prefix(REDIRECT) {
            let pairs: Vec<(String, String)> =
                form_urlencoded::parse(query.trim_start_matches('?').as_bytes())
                    .into_owned()
                    .collect();
            let get =
                |name: &str| pairs.iter().find(|(it, _)| it == name).map(|(_, it)| it.clone());
            let code = get("code").unwrap_or_else(|| panic!("{to}"));
            return (Back { code, issuer: get("iss") }, get("state").unwrap());
        }
        let host = url.split('/').take(3).collect::<Vec<_>>().join("/");
        url = if to.starts_with('/') { format!("{host}{to}") } else { to };
    }
    panic!("it leads round in circles: {url}")
}
