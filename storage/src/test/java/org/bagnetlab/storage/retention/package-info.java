@NullMarked
package org.bagnetlab.storage.retention;

import org.jspecify.annotations.NullMarked;
