/** Feature maps in native memory, and the plan of the place and time of each. */
package org.bagnetlab.engine.nd4j.cpu.memory;
