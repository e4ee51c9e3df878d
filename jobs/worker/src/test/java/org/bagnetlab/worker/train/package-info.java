@NullMarked
package org.bagnetlab.worker.train;

import org.jspecify.annotations.NullMarked;
