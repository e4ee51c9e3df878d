@NullMarked
package org.bagnetlab.engine.nd4j.cpu;

import org.jspecify.annotations.NullMarked;
