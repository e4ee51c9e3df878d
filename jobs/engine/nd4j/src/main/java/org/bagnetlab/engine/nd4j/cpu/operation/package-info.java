/** The steps of a program, one class for each kind, with their way back. */
package org.bagnetlab.engine.nd4j.cpu.operation;
