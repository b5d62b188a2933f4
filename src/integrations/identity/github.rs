//! GitHub: OAuth 2 with PKCE, and the addresses by its own interface, since it signs no identity
//! (GitHub docs, "Authorizing OAuth apps" and "REST API endpoints for emails").

use base64::Engine as _;
use jiff::Timestamp;
use openidconnect::{HttpRequest, http::Request};
use serde::{Deserialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};

use super::{
    Answer, Back, Handshake, Identity, IdentityError, Provider, ProviderOptions,
    client::{self, Client},
};

/// GitHub, or something that speaks like it.
pub(super) struct GitHub {
    pages: String,
    api: String,
    options: ProviderOptions,
    client: Client,
}

/// What the exchange of a code returns; errors come with the status 200 too.
#[derive(Deserialize)]
struct Exchanged {
    access_token: Option<String>,
    error: Option<String>,
}

/// One of somebody's addresses.
#[derive(Deserialize)]
struct Address {
    email: String,
    #[serde(default)]
    verified: bool,
}

impl GitHub {
    /// Takes where its pages and its interface are.
    ///
    /// # Errors
    /// One of the URLs is not valid.
    pub(super) fn new(
        pages: String,
        api: String,
        options: ProviderOptions,
    ) -> Result<Self, IdentityError> {
        for url in [&pages, &api] {
            client::check(url).map_err(|it| IdentityError::Misconfigured(it.to_string()))?;
        }
        Ok(Self { pages, api, options, client: Client::new()? })
    }

    async fn identify(
        &self,
        handshake: &Handshake,
        back: &Back,
    ) -> Result<Identity, IdentityError> {
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", &self.options.client_id)
            .append_pair("client_secret", &self.options.client_secret)
            .append_pair("code", &back.code)
            .append_pair("redirect_uri", &handshake.redirect)
            .append_pair("code_verifier", &handshake.verifier)
            .finish();
        let exchange = Request::post(format!("{}/login/oauth/access_token", self.pages))
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.into_bytes());
        let exchanged: Exchanged = self.ask(exchange).await?;
        let token = match exchanged {
            Exchanged { access_token: Some(token), error: None } => token,
            Exchanged { error, .. } => {
                let why = error.unwrap_or_else(|| "there is no token".into());
                return Err(match why.as_str() {
                    "incorrect_client_credentials" | "redirect_uri_mismatch" => {
                        IdentityError::Misconfigured(format!("GitHub says {why}"))
                    }
                    _ => IdentityError::Refused(format!("GitHub says {why}")),
                });
            }
        };
        let emails = Request::get(format!("{}/user/emails?per_page=100", self.api))
            .header("accept", "application/vnd.github+json")
            .header("authorization", format!("Bearer {token}"))
            .body(Vec::new());
        let addresses: Vec<Address> = self.ask(emails).await?;
        let verified = addresses.into_iter().filter(|it| it.verified);
        Ok(Identity { emails: verified.map(|it| it.email).collect() })
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        request: Result<HttpRequest, openidconnect::http::Error>,
    ) -> Result<T, IdentityError> {
        let request = request.map_err(|error| IdentityError::Misconfigured(error.to_string()))?;
        let answer = self.client.ask(request).await?;
        if !answer.status().is_success() {
            return Err(IdentityError::Down(format!("GitHub answers {}", answer.status())));
        }
        let read = serde_json::from_slice(answer.body());
        read.map_err(|_| IdentityError::Down("GitHub's answer cannot be read".into()))
    }
}

impl Provider for GitHub {
    fn begin<'a>(&'a self, handshake: &'a Handshake, _: Timestamp) -> Answer<'a, String> {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", &self.options.client_id)
            .append_pair("redirect_uri", &handshake.redirect)
            .append_pair("scope", "user:email")
            .append_pair("state", &handshake.state)
            .append_pair("code_challenge", &challenge(&handshake.verifier))
            .append_pair("code_challenge_method", "S256")
            .append_pair("allow_signup", "false")
            .finish();
        let url = format!("{}/login/oauth/authorize?{query}", self.pages);
        Box::pin(async { Ok(url) })
    }

    fn finish<'a>(
        &'a self,
        handshake: &'a Handshake,
        back: &'a Back,
        _: Timestamp,
    ) -> Answer<'a, Identity> {
        Box::pin(self.identify(handshake, back))
    }
}

/// Returns what is shown of the verifier before the exchange (RFC 7636 §4.2).
fn challenge(verifier: &str) -> String {
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7636, appendix B.
    #[test]
    fn the_challenge_is_that_of_the_standard() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
