/**
 * Compilation of an architecture to a program, which is a list of operations on memory that is
 * planned once.
 */
package org.bagnetlab.engine.nd4j.cpu.compile;
