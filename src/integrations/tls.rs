//! How connections to other machines are encrypted, and whom they trust.

use std::sync::Arc;

use rustls_native_certs::load_native_certs;
use tokio_rustls::rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject as _},
};

/// Makes the settings of a client that trusts the system's authorities, and those in a text (PEM).
///
/// # Errors
/// The text has no certificate that can be read.
pub(super) fn client(authorities: Option<&[u8]>) -> Result<Arc<ClientConfig>, String> {
    let mut roots = RootCertStore::empty();
    // What the system has and cannot be read is no reason to reach nobody.
    roots.add_parsable_certificates(load_native_certs().certs);
    if let Some(text) = authorities {
        let own: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(text).collect();
        let own = own.map_err(|error| format!("the authorities cannot be read: {error}"))?;
        if own.is_empty() {
            return Err("the authorities cannot be read: there is no certificate (PEM)".into());
        }
        for certificate in own {
            let added = roots.add(certificate);
            added.map_err(|error| format!("an authority cannot be used: {error}"))?;
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}
