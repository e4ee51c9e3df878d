/** The SQL of who changed what. */
package org.bagnetlab.storage.audit;
