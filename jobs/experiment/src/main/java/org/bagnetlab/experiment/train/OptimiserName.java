package org.bagnetlab.experiment.train;

import org.bagnetlab.experiment.parameter.Labelled;

/** How a gradient changes the weights. */
public enum OptimiserName implements Labelled {
  /** Adam (Kingma and Ba 2015). */
  ADAM("adam"),
  /** Adam with decoupled weight decay (Loshchilov and Hutter 2019). */
  ADAMW("adamw: Adam with decoupled weight decay"),
  /** Stochastic gradient descent with momentum 0.9. */
  SGD("sgd: SGD with momentum"),
  /** Stochastic gradient descent with Nesterov's momentum 0.9. */
  NESTEROV("nesterov: SGD with Nesterov momentum");

  private final String label;

  OptimiserName(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
