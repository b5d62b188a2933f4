//! What a door adds to an activity: the device that reported it, and what was done by hand.

use crate::{
    config::Wire,
    control::Order,
    domain::model::{Activity, Reason},
};

/// Adds the reader or device that reported it.
pub(super) fn with_reader(activity: Activity, wire: Option<&Wire>) -> Activity {
    Activity { reader: wire.map(ToString::to_string), ..activity }
}

/// Returns the reason recorded for something done by hand.
pub(super) const fn manual_reason(order: Order) -> Reason {
    match order {
        Order::Unlock(_) => Reason::ManualUnlock,
        Order::Hold(_) => Reason::ManualHold,
        Order::Lock => Reason::ManualLock,
        Order::Release => Reason::ManualRelease,
    }
}
