/** A network's weights, their order for matrix products, and the optimiser's state. */
@NullMarked
package org.bagnetlab.engine.nd4j.cpu.parameter;

import org.jspecify.annotations.NullMarked;
