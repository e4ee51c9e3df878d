@NullMarked
package org.bagnetlab.worker.evidence;

import org.jspecify.annotations.NullMarked;
