@NullMarked
package org.bagnetlab.worker.evaluate;

import org.jspecify.annotations.NullMarked;
