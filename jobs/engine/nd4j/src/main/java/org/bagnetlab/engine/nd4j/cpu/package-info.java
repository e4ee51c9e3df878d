/**
 * The engine for CPUs, in float32. An {@link org.bagnetlab.vision.architecture.Architecture}
 * becomes a {@link org.bagnetlab.engine.nd4j.cpu.compile.Program}, a list of operations on memory
 * that is planned once. Matrix products and larger convolutions are oneDNN's; everything between
 * them is implemented here.
 */
package org.bagnetlab.engine.nd4j.cpu;
