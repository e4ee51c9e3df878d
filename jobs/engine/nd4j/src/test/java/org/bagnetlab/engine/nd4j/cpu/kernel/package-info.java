@NullMarked
package org.bagnetlab.engine.nd4j.cpu.kernel;

import org.jspecify.annotations.NullMarked;
