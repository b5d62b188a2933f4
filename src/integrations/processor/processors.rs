//! Makes the processor that a configuration names.

use super::{Processor, ProcessorError, ProcessorOptions};

/// Makes a processor.
///
/// # Errors
/// Its address cannot be used, or this program was built without services.
#[cfg(feature = "services")]
pub fn processor(options: ProcessorOptions) -> Result<Box<dyn Processor>, ProcessorError> {
    match options.kind {
        super::ProcessorKind::Stripe => Ok(Box::new(super::stripe::Stripe::new(options)?)),
        super::ProcessorKind::GoCardless => {
            Ok(Box::new(super::gocardless::GoCardless::new(options)?))
        }
    }
}

/// Makes no processor.
///
/// # Errors
/// Always: this program has none.
#[cfg(not(feature = "services"))]
pub fn processor(_: ProcessorOptions) -> Result<Box<dyn Processor>, ProcessorError> {
    use crate::left_out;
    let words = left_out::without("outside services");
    Err(ProcessorError::Denied(format!("{words}; {}", left_out::INSTALL)))
}
