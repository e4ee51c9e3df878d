@NullMarked
package org.bagnetlab.worker.cueconflict;

import org.jspecify.annotations.NullMarked;
