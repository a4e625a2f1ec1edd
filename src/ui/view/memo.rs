//! A view kept until what it depends on moves: the key holds everything that the answer depends on.

/// One value under one key.
#[derive(Debug)]
pub struct Memo<K, V>(Option<(K, V)>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, V> Memo<K, V> {
    /// The value of a key: the kept one, or a new one.
    pub fn get(&mut self, key: K, make: impl FnOnce() -> V) -> &V {
        let kept = self.0.take().filter(|(held, _)| *held == key);
        &self.0.insert(kept.unwrap_or_else(|| (key, make()))).1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_anew_only_when_its_key_moves() {
        let mut memo = Memo::default();
        let mut made = 0;
        for key in [1, 1, 2, 2, 1] {
            memo.get(key, || {
                made += 1;
                key
            });
        }
        assert_eq!(made, 3);
    }
}
