/** A network's weights, their transform for Winograd's convolutions, and the optimiser's state. */
package org.bagnetlab.engine.nd4j.cpu.parameter;
