@NullMarked
package org.bagnetlab.engine.nd4j.cpu.memory;

import org.jspecify.annotations.NullMarked;
