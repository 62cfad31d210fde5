//! A serialised thinc model: a list of nodes with names, attributes and float tensors.

use rmpv::Value;

use super::Malformed;
use super::msgpack::{decode, field, list, pairs, text, unsigned};

/// The nodes of a model, in the order thinc walks them.
pub(crate) struct Network {
    nodes: Vec<Node>,
}

/// One layer.
pub(crate) struct Node {
    name: String,
    attrs: Vec<(String, Value)>,
    params: Vec<(String, Tensor)>,
}

/// A dense array of floats, row-major.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tensor {
    pub(crate) shape: Vec<usize>,
    pub(crate) data: Vec<f32>,
}

impl Network {
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let file = decode(bytes)?;
        let names = list(field(&file, "nodes")?)?;
        let attrs = list(field(&file, "attrs")?)?;
        let params = list(field(&file, "params")?)?;
        if names.len() != attrs.len() || names.len() != params.len() {
            return Err(Malformed::new("nodes, attrs and params differ in length"));
        }
        let nodes = names.iter().zip(attrs).zip(params).map(|((n, a), p)| Node::parse(n, a, p));
        Ok(Network { nodes: nodes.collect::<Result<_, _>>()? })
    }

    /// All layers of a name, in order.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.nodes.iter().filter(move |n| n.name == name)
    }

    /// The first layer of a name.
    pub(crate) fn find(&self, name: &str) -> Option<&Node> {
        self.nodes.iter().find(|n| n.name == name)
    }

    /// The first layer of a name, which must be there.
    pub(crate) fn one(&self, name: &str) -> Result<&Node, Malformed> {
        self.find(name).ok_or_else(|| Malformed::new(format!("no layer `{name}`")))
    }
}

impl Node {
    fn parse(node: &Value, attrs: &Value, params: &Value) -> Result<Self, Malformed> {
        let name = text(field(node, "name")?)?.to_owned();
        let attrs = pairs(attrs)?.iter().map(|(k, v)| {
            let value = if let Value::Binary(nested) = v { decode(nested)? } else { v.clone() };
            Ok((text(k)?.to_owned(), value))
        });
        let params = pairs(params)?.iter().filter(|(_, v)| !v.is_nil()).map(|(k, v)| {
            Ok((text(k)?.to_owned(), Tensor::parse(v).map_err(|e| Malformed::new(format!("{name}: {e}")))?))
        });
        Ok(Node { attrs: attrs.collect::<Result<_, _>>()?, params: params.collect::<Result<_, _>>()?, name })
    }

    /// An attribute, which must be there.
    pub(crate) fn attr(&self, key: &str) -> Result<&Value, Malformed> {
        let found = self.attrs.iter().find(|(k, _)| k == key).map(|(_, v)| v);
        found.ok_or_else(|| Malformed::new(format!("layer `{}` has no attribute `{key}`", self.name)))
    }

    /// A parameter, which must be there.
    pub(crate) fn param(&self, key: &str) -> Result<&Tensor, Malformed> {
        let found = self.params.iter().find(|(k, _)| k == key).map(|(_, v)| v);
        found.ok_or_else(|| Malformed::new(format!("layer `{}` has no parameter `{key}`", self.name)))
    }

    /// The floats of a parameter that must have the given shape.
    pub(crate) fn shaped(&self, key: &str, shape: &[usize]) -> Result<&[f32], Malformed> {
        let tensor = self.param(key)?;
        if tensor.shape == shape {
            return Ok(&tensor.data);
        }
        let found = &tensor.shape;
        Err(Malformed::new(format!("`{key}` of layer `{}` has shape {found:?}, not {shape:?}", self.name)))
    }
}

impl Tensor {
    /// Reads the form that msgpack-numpy writes: `{nd, type, shape, data}`.
    fn parse(value: &Value) -> Result<Self, Malformed> {
        let kind = text(field(value, "type")?)?;
        if kind != "<f4" {
            return Err(Malformed::new(format!("numbers of type `{kind}`, not `<f4`")));
        }
        let shape: Vec<usize> = list(field(value, "shape")?)?
            .iter()
            .map(|d| Ok(usize::try_from(unsigned(d)?).unwrap_or(usize::MAX)))
            .collect::<Result<_, Malformed>>()?;
        let Value::Binary(bytes) = field(value, "data")? else {
            return Err(Malformed::new("tensor data is not bytes"));
        };
        let size = shape.iter().try_fold(4usize, |n, &d| n.checked_mul(d));
        if size != Some(bytes.len()) {
            return Err(Malformed::new(format!("{} bytes of data for shape {shape:?}", bytes.len())));
        }
        Ok(Tensor { shape, data: floats(bytes) })
    }
}

/// Little-endian floats; a rest of fewer than four bytes is left out.
pub(crate) fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks().0.iter().map(|c| f32::from_le_bytes(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tensor(kind: &str, shape: &[u64], data: &[u8]) -> Value {
        Value::Map(vec![
            ("type".into(), kind.into()),
            ("shape".into(), Value::Array(shape.iter().map(|&d| d.into()).collect())),
            ("data".into(), Value::Binary(data.to_vec())),
        ])
    }

    #[test]
    fn refuses_other_types_and_wrong_sizes() {
        assert!(Tensor::parse(&tensor("<f8", &[1], &[0; 8])).is_err());
        assert!(Tensor::parse(&tensor("<f4", &[2], &[0; 4])).is_err());
        assert!(Tensor::parse(&tensor("<f4", &[u64::MAX, u64::MAX], &[0; 4])).is_err());
    }

    #[test]
    fn reads_floats() {
        let read = Tensor::parse(&tensor("<f4", &[1, 2], &[0, 0, 128, 63, 0, 0, 0, 192])).unwrap();
        assert_eq!(read, Tensor { shape: vec![1, 2], data: vec![1.0, -2.0] });
    }

    #[test]
    fn a_model_without_nodes_is_refused() {
        assert!(Network::parse(&[0x80]).is_err());
    }
}
