//! OpenID Connect (Core 1.0, Discovery 1.0) with PKCE: Google, and whatever a space runs.

use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError,
    Scope, SignatureVerificationError,
    core::{
        CoreClient, CoreIdToken, CoreProviderMetadata, CoreResponseType, CoreTokenResponse,
        CoreUserInfoClaims,
    },
};

use super::{
    Answer, Back, Handshake, Identity, IdentityError, Provider, ProviderOptions,
    authoritative::{self, Claims},
    client::{self, Client},
};

/// For how long the addresses and keys of a provider are kept.
const FRESH: SignedDuration = SignedDuration::from_mins(15);

/// A provider of OpenID Connect.
pub(super) struct OpenId {
    issuer: IssuerUrl,
    options: ProviderOptions,
    client: Client,
    known: Mutex<Option<(Timestamp, CoreProviderMetadata)>>,
}

/// The library's client, once the provider's addresses are known.
type Ready = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

impl OpenId {
    /// Takes an issuer.
    ///
    /// # Errors
    /// Its URL is not valid.
    pub(super) fn new(issuer: String, options: ProviderOptions) -> Result<Self, IdentityError> {
        client::check(&issuer).map_err(|it| IdentityError::Misconfigured(it.to_string()))?;
        let issuer =
            IssuerUrl::new(issuer).map_err(|it| IdentityError::Misconfigured(it.to_string()))?;
        Ok(Self { issuer, options, client: Client::new()?, known: Mutex::default() })
    }

    /// Returns what the provider says about itself: what is known, or else what it says now.
    async fn metadata(
        &self,
        now: Timestamp,
        again: bool,
    ) -> Result<CoreProviderMetadata, IdentityError> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((since, known)) = known
            && !again
            && (SignedDuration::ZERO..FRESH).contains(&now.duration_since(since))
        {
            return Ok(known);
        }
        let ask = self.client.asking();
        let read = CoreProviderMetadata::discover_async(self.issuer.clone(), &ask).await;
        let read = read.map_err(|error| {
            let words = format!("{} does not describe itself as it should: {error}", *self.issuer);
            match error {
                openidconnect::DiscoveryError::Request(error) => error.into(),
                openidconnect::DiscoveryError::Validation(_) => IdentityError::Unbelievable(words),
                _ => IdentityError::Down(words),
            }
        })?;
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, read.clone()));
        Ok(read)
    }

    fn ready(
        &self,
        metadata: CoreProviderMetadata,
        redirect: &str,
    ) -> Result<Ready, IdentityError> {
        let ProviderOptions { client_id, client_secret, .. } = &self.options;
        let redirect = RedirectUrl::new(redirect.to_owned())
            .map_err(|error| IdentityError::Misconfigured(error.to_string()))?;
        let id = ClientId::new(client_id.clone());
        let secret = ClientSecret::new(client_secret.clone());
        Ok(CoreClient::from_provider_metadata(metadata, id, Some(secret))
            .set_redirect_uri(redirect))
    }

    async fn exchange(
        &self,
        client: &Ready,
        handshake: &Handshake,
        back: &Back,
    ) -> Result<CoreTokenResponse, IdentityError> {
        let ask = self.client.asking();
        client
            .exchange_code(AuthorizationCode::new(back.code.clone()))
            .map_err(|error| IdentityError::Down(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(handshake.verifier.clone()))
            .request_async(&ask)
            .await
            .map_err(|error| match error {
                RequestTokenError::ServerResponse(it) => IdentityError::Refused(it.to_string()),
                RequestTokenError::Request(it) => it.into(),
                // What it could not read may have tokens in it.
                RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                    IdentityError::Down("the provider's answer cannot be read".into())
                }
            })
    }

    /// Checks the signature, for whom it is and from whom, and returns the subject.
    fn verify(
        client: &Ready,
        token: &CoreIdToken,
        handshake: &Handshake,
        now: Timestamp,
    ) -> Result<openidconnect::SubjectIdentifier, ClaimsVerificationError> {
        let text = now.to_string();
        let verifier =
            client.id_token_verifier().set_time_fn(move || text.parse().unwrap_or_default());
        let claims = token.claims(&verifier, &Nonce::new(handshake.nonce.clone()))?;
        Ok(claims.subject().clone())
    }

    async fn identify(
        &self,
        handshake: &Handshake,
        back: &Back,
        now: Timestamp,
    ) -> Result<Identity, IdentityError> {
        if back.issuer.as_ref().is_some_and(|it| *it != *self.issuer.as_str()) {
            let words = "the answer is from another issuer than the one that was asked";
            return Err(IdentityError::Unbelievable(words.into()));
        }
        let mut client = self.ready(self.metadata(now, false).await?, &handshake.redirect)?;
        let tokens = self.exchange(&client, handshake, back).await?;
        let Some(token) = tokens.extra_fields().id_token() else {
            let words = "the provider does not say who it is: there is no ID token";
            return Err(IdentityError::Unbelievable(words.into()));
        };
        let mut verified = Self::verify(&client, token, handshake, now);
        if let Err(ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey,
        )) = verified
        {
            // Providers change their keys from time to time.
            client = self.ready(self.metadata(now, true).await?, &handshake.redirect)?;
            verified = Self::verify(&client, token, handshake, now);
        }
        let subject = verified.map_err(|error| {
            IdentityError::Unbelievable(format!("the ID token is not believed: {error}"))
        })?;
        let mut claims = payload(&token.to_string());
        if claims.email.is_none()
            && let Ok(request) = client.user_info(tokens.access_token().clone(), Some(subject))
        {
            let ask = self.client.asking();
            let told: Result<CoreUserInfoClaims, _> = request.request_async(&ask).await;
            let told = told.map_err(|error| {
                IdentityError::Down(format!("the provider does not tell the address: {error}"))
            })?;
            claims =
                serde_json::to_value(&told).and_then(serde_json::from_value).unwrap_or_default();
        }
        let email = authoritative::counts(self.issuer.as_str(), &claims);
        Ok(Identity { emails: email.into_iter().collect() })
    }
}

/// Returns the claims of a token whose signature was checked.
fn payload(token: &str) -> Claims {
    let part = token.split('.').nth(1).unwrap_or_default();
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

impl Provider for OpenId {
    fn begin<'a>(&'a self, handshake: &'a Handshake, now: Timestamp) -> Answer<'a, String> {
        Box::pin(async move {
            let client = self.ready(self.metadata(now, false).await?, &handshake.redirect)?;
            let verifier = PkceCodeVerifier::new(handshake.verifier.clone());
            let state = CsrfToken::new(handshake.state.clone());
            let nonce = Nonce::new(handshake.nonce.clone());
            let (url, _, _) = client
                .authorize_url(
                    AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                    move || state,
                    move || nonce,
                )
                .add_scope(Scope::new("email".into()))
                .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
                .url();
            client::check(url.as_str())?;
            Ok(url.into())
        })
    }

    fn finish<'a>(
        &'a self,
        handshake: &'a Handshake,
        back: &'a Back,
        now: Timestamp,
    ) -> Answer<'a, Identity> {
        Box::pin(self.identify(handshake, back, now))
    }
}
