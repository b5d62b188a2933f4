//! An object from another one and the difference between them (gitformat-pack, "Deltified
//! representation").

/// Puts into `out` what the difference makes of a base; nothing if it does not fit the base, or
/// the result is longer than `longest`.
pub(super) fn apply(base: &[u8], delta: &[u8], longest: usize, out: &mut Vec<u8>) -> Option<()> {
    let mut rest = delta;
    let size = |rest: &mut &[u8]| {
        let (mut size, mut shift) = (0_u64, 0);
        loop {
            let byte = take(rest)?;
            size |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 || shift > 56 {
                return usize::try_from(size).ok();
            }
        }
    };
    let (from, to) = (size(&mut rest)?, size(&mut rest)?);
    if from != base.len() || to > longest {
        return None;
    }
    out.clear();
    out.reserve(to);
    while let Some((&code, after)) = rest.split_first() {
        rest = after;
        if code & 0x80 == 0 {
            let (new, after) = rest.split_at_checked(usize::from(code)).filter(|_| code > 0)?;
            out.extend_from_slice(new);
            rest = after;
        } else {
            // Each bit tells whether a byte of the offset or of the length follows.
            let mut parts = [0_u8; 8];
            for (bit, place) in [0, 1, 2, 3, 4, 5, 6].into_iter().enumerate() {
                if code >> bit & 1 == 1 {
                    parts[place] = take(&mut rest)?;
                }
            }
            let [a, b, c, d, e, f, g, _] = parts;
            let start = u32::from_le_bytes([a, b, c, d]) as usize;
            let length = u32::from_le_bytes([e, f, g, 0]) as usize;
            let length = if length == 0 { 0x10000 } else { length };
            out.extend_from_slice(base.get(start..start.checked_add(length)?)?);
        }
        if out.len() > to {
            return None;
        }
    }
    (out.len() == to).then_some(())
}

fn take(rest: &mut &[u8]) -> Option<u8> {
    let (byte, after) = rest.split_first()?;
    *rest = after;
    Some(*byte)
}
