/**
 * Compilation of an architecture to a program: a list of operations over memory that is planned
 * once.
 */
package org.bagnetlab.engine.nd4j.cpu.compile;
