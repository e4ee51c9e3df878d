/**
 * The computations that threads perform: loops and matrix products, and the division of both into
 * pieces.
 */
package org.bagnetlab.engine.nd4j.cpu.kernel;
