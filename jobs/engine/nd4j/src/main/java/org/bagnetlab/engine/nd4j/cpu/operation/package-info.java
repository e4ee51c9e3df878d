/** The operations of a program with their backward passes, one class for each kind of operation. */
package org.bagnetlab.engine.nd4j.cpu.operation;
