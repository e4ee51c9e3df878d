/** Feature maps in native memory, and the plan of where and when each of them lies there. */
@NullMarked
package org.bagnetlab.engine.nd4j.cpu.memory;

import org.jspecify.annotations.NullMarked;
