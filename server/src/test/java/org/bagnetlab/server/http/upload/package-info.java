@NullMarked
package org.bagnetlab.server.http.upload;

import org.jspecify.annotations.NullMarked;
