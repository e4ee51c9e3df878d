/** A network's weights, their packed form for matrix products, and the optimiser's state. */
package org.bagnetlab.engine.nd4j.cpu.parameter;
