/** Feature maps in native memory, and the plan of where and when each is stored. */
package org.bagnetlab.engine.nd4j.cpu.memory;
