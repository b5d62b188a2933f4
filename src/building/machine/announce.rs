//! Tells Home Assistant which devices there are.

use super::{Machine, Plan};
use crate::{
    building::home::{self, Device},
    domain::model::{DeviceProfile, Meter, Source},
};

impl Machine {
    /// Announces every device, and takes back those that are no more.
    pub(super) fn announce(&mut self) {
        let (Some(discovery), Some(plan)) = (self.terms.discovery.clone(), self.plan.clone())
        else {
            return;
        };
        if !self.is_connected() {
            return;
        }
        let devices = self.devices(&plan);
        let ids = devices.iter().map(|it| it.id().to_owned()).collect();
        for gone in self.shown.announce(ids) {
            self.publish(home::forget(&discovery, &gone));
        }
        for device in devices {
            self.publish(device.announce(&discovery));
        }
    }

    /// Returns the devices that there are.
    pub(super) fn devices(&self, plan: &Plan) -> Vec<Device> {
        let topics = &self.terms.topics;
        let mut all = vec![home::alarms(topics)];
        let doors = self.doors.all.iter();
        all.extend(doors.map(|it| home::door(topics, &it.name, it.open.is_some())));
        let meters = plan.meters.iter().filter(|(_, meter)| !is_known_there(meter));
        all.extend(meters.map(|(name, meter)| home::meter(topics, name, meter)));
        all.extend(plan.zones.iter().map(|(name, it)| home::zone(topics, name, &it.name)));
        all.extend(self.guard.as_ref().map(|_| home::guard(topics)));
        all.extend(self.people.map(|_| home::people(topics)));
        all
    }
}

/// Tells whether Home Assistant itself publishes what a meter says.
pub(super) fn is_known_there(meter: &Meter) -> bool {
    let Some(Source::Mqtt(source)) = &meter.source else { return false };
    source.profile == Some(DeviceProfile::HomeAssistant)
}
