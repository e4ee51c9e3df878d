@NullMarked
package org.bagnetlab.storage.result;

import org.jspecify.annotations.NullMarked;
