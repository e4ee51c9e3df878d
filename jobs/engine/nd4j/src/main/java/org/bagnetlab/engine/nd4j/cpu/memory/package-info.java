/** Feature maps in native memory, and the plan of where and when each of them lies there. */
package org.bagnetlab.engine.nd4j.cpu.memory;
