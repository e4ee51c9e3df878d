/** A network's weights, their order for matrix products, and the optimiser's state. */
package org.bagnetlab.engine.nd4j.cpu.parameter;
