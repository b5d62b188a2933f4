//! Stands in for GitHub on this machine: for demonstrations and tests. Anybody may be anybody.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Form, Json, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse as _, Redirect, Response},
    routing::{get, post},
};
use base64::Engine as _;
use hyper::server::conn::http1;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;
use uuid::Uuid;

/// The number of codes and tokens that are remembered.
const MOST: usize = 1000;

/// The two endpoints of GitHub that a login needs, and the page in front of them.
#[derive(Clone, Debug)]
pub struct StandIn {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    client: (String, String),
    /// The addresses of each person, and whether they are verified.
    people: BTreeMap<String, Vec<(String, bool)>>,
    given: Mutex<Given>,
}

#[derive(Debug, Default)]
struct Given {
    codes: HashMap<String, Asked>,
    tokens: HashMap<String, String>,
}

/// How somebody came to ask.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
struct Asked {
    client_id: String,
    redirect_uri: String,
    state: String,
    #[serde(default)]
    code_challenge: String,
    #[serde(default)]
    code_challenge_method: String,
    /// Who it is; a page asks if it is missing.
    #[serde(default)]
    login: String,
}

/// What a code is exchanged by.
#[derive(Deserialize)]
struct Exchange {
    client_id: String,
    client_secret: String,
    code: String,
    redirect_uri: String,
    #[serde(default)]
    code_verifier: String,
}

impl StandIn {
    /// Knows these people, with their addresses and whether they are verified; `client` is the id
    /// and the secret of the only client.
    #[must_use]
    pub fn new(
        client: (String, String),
        people: impl IntoIterator<Item = (String, Vec<(String, bool)>)>,
    ) -> Self {
        let people = people.into_iter().collect();
        Self { shared: Arc::new(Shared { client, people, given: Mutex::default() }) }
    }

    /// Answers whoever connects, until the program ends.
    ///
    /// # Errors
    /// The system reported an error.
    pub async fn serve(self, listener: TcpListener) -> std::io::Result<()> {
        loop {
            let (stream, _) = listener.accept().await?;
            let service = TowerToHyperService::new(self.router());
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            // A connection that breaks off concerns nobody but its other end.
            tokio::spawn(async { connection.await.ok() });
        }
    }

    fn router(&self) -> Router {
        Router::new()
            .route("/login/oauth/authorize", get(authorize))
            .route("/login/oauth/access_token", post(exchange))
            .route("/user/emails", get(emails))
            .with_state(self.clone())
    }

    fn given(&self) -> MutexGuard<'_, Given> {
        let mut given = self.shared.given.lock().unwrap_or_else(PoisonError::into_inner);
        if given.codes.len() + given.tokens.len() > MOST {
            *given = Given::default();
        }
        given
    }
}

async fn authorize(State(it): State<StandIn>, Query(asked): Query<Asked>) -> Response {
    if asked.client_id != it.shared.client.0 {
        return (StatusCode::NOT_FOUND, "there is no such client").into_response();
    }
    if asked.login.is_empty() {
        return choose(&it, &asked).into_response();
    }
    let mut back = form_urlencoded::Serializer::new(String::new());
    back.append_pair("state", &asked.state);
    if it.shared.people.contains_key(&asked.login) {
        let code = Uuid::new_v4().simple().to_string();
        back.append_pair("code", &code);
        it.given().codes.insert(code, asked.clone());
    } else {
        back.append_pair("error", "access_denied");
    }
    Redirect::to(&format!("{}?{}", asked.redirect_uri, back.finish())).into_response()
}

/// Shows a page that asks who it is.
fn choose(it: &StandIn, asked: &Asked) -> Html<String> {
    let link = |login: &str| {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", &asked.client_id)
            .append_pair("redirect_uri", &asked.redirect_uri)
            .append_pair("state", &asked.state)
            .append_pair("code_challenge", &asked.code_challenge)
            .append_pair("code_challenge_method", &asked.code_challenge_method)
            .append_pair("login", login)
            .finish();
        maud::html! { li { a href={ "authorize?" (query) } { (login) } } }
    };
    let page = maud::html! {
        (maud::DOCTYPE)
        html lang="en" {
            head { title { "A stand-in for GitHub" } }
            body {
                h1 { "A stand-in for GitHub" }
                p { "Who would you like to be?" }
                ul { @for login in it.shared.people.keys() { (link(login)) } (link("nobody")) }
            }
        }
    };
    Html(page.into_string())
}

async fn exchange(State(it): State<StandIn>, Form(by): Form<Exchange>) -> Json<serde_json::Value> {
    let refused = |error: &str| Json(json!({ "error": error }));
    if (by.client_id, by.client_secret) != it.shared.client {
        return refused("incorrect_client_credentials");
    }
    let Some(asked) = it.given().codes.remove(&by.code) else {
        return refused("bad_verification_code");
    };
    if asked.redirect_uri != by.redirect_uri {
        return refused("redirect_uri_mismatch");
    }
    let digest = Sha256::digest(by.code_verifier.as_bytes());
    let challenge = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(digest);
    let is_proven = asked.code_challenge_method == "S256" && asked.code_challenge == challenge;
    if !asked.code_challenge.is_empty() && !is_proven {
        return refused("bad_verification_code");
    }
    let token = format!("gho_{}", Uuid::new_v4().simple());
    it.given().tokens.insert(token.clone(), asked.login);
    Json(json!({ "access_token": token, "scope": "user:email", "token_type": "bearer" }))
}

async fn emails(State(it): State<StandIn>, headers: HeaderMap) -> Response {
    let header = |name: &str| headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if header("user-agent").is_empty() {
        return (StatusCode::FORBIDDEN, "who asks?").into_response();
    }
    let login = header("authorization").strip_prefix("Bearer ");
    let login = login.and_then(|token| it.given().tokens.get(token).cloned());
    let Some(all) = login.and_then(|login| it.shared.people.get(&login)) else {
        return (StatusCode::UNAUTHORIZED, Json(json!({ "message": "Bad credentials" })))
            .into_response();
    };
    let address = |(at, (email, verified)): (usize, &(String, bool))| json!({ "email": email, "primary": at == 0, "verified": verified, "visibility": null });
    Json(all.iter().enumerate().map(address).collect::<Vec<_>>()).into_response()
}
