@NullMarked
package org.bagnetlab.engine.nd4j.dl4j;

import org.jspecify.annotations.NullMarked;
