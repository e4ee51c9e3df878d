@NullMarked
package org.bagnetlab.worker.scramble;

import org.jspecify.annotations.NullMarked;
