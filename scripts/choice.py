"""Boosted trees that choose among the candidates of a claim: their scores are the logarithms of weights, and a candidate's
probability is its share of all weights. Such trees are told only which candidate is right, not how right each is by itself.
"""
import numpy as np
from sklearn._loss.loss import HalfSquaredError
from sklearn.ensemble import HistGradientBoostingRegressor

START = -1.5  # score of all candidates before the first tree


class Choice(HalfSquaredError):
    """Cross entropy of a choice among candidates; where several are right, each is right in part. With `none`, no candidate
    at all may be the choice too, and weighs 1; else a claim without a right candidate teaches nothing."""

    def __init__(self, claim, y, weight, none):
        super().__init__()
        _, self.claim = np.unique(claim, return_inverse=True)
        right = np.bincount(self.claim, weights=y)
        self.share = y / np.maximum(1, right)[self.claim]
        self.weight = weight if none else weight * np.where(right > 0, 1.0, 1e-6)[self.claim]
        self.none, self.constant_hessian = none, False

    def gradient_hessian(self, y_true, raw_prediction, sample_weight=None, gradient_out=None, hessian_out=None, n_threads=1):
        p = chances(raw_prediction.ravel(), self.claim, self.none)
        gradient_out.ravel()[:] = (p - self.share) * self.weight
        hessian_out.ravel()[:] = np.maximum(p * (1 - p), 1e-4) * self.weight
        return gradient_out, hessian_out

    def fit_intercept_only(self, y_true, sample_weight=None):
        return np.array([START])


def chances(score, claim, none=True):
    """Probabilities of candidates; `claim` numbers the claims from 0 on, in order."""
    top = np.full(claim.max() + 1, 0.0 if none else -np.inf)
    np.maximum.at(top, claim, score)
    e = np.exp(score - top[claim])
    rest = np.exp(-top) if none else 0.0
    return e / (np.bincount(claim, weights=e) + rest)[claim]


def settled(p, own, bound):
    """The likeliest of several by their probabilities if it is likelier than the rules' own by the bound, else that one."""
    best = int(np.argmax(p))
    return own if own is not None and p[best] <= p[own] + bound else best


def choose(X, y, claim, weight, trees, leaves, none=True, rate=0.06, share=1.0, least=25):
    """Trees that learn which candidate each claim's coder chose; rows of one claim have one number in `claim`; of the inputs,
    `share` is tried at each split."""
    loss = Choice(claim, y.astype(float), weight, none)
    model = HistGradientBoostingRegressor(loss=loss, max_iter=trees, max_leaf_nodes=leaves, learning_rate=rate, l2_regularization=5.0,
                                          min_samples_leaf=least, max_features=share, early_stopping=False, random_state=0)
    return model.fit(X, y.astype(float))
