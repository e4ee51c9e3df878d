package org.bagnetlab.queue.sweep.tpe;

import java.util.random.RandomGenerator;

/** A probability density of one coordinate. */
interface Density {

  /** A random value. */
  double draw(RandomGenerator random);

  /** The density at a value; always above 0. */
  double at(double value);
}
