/** Credentials that manuals and emulators publish, and that everyone copies; only their keyed digests (`secretKey`) stand here. */
import { secretKey } from './identity.ts';

const DOCUMENTED: ReadonlySet<string> = new Set([
  // Storage and Cosmos emulators of Azure.
  '80a8ae63e04e472b6068b7353049dd37ecd8dba44a4abbc9ae02592924a6b3eb',
  'f2be4dfddbe16dfb0f205f99e13fa4e7a1f0a5d1a41d09073c363987cb0e95bc',
  // Test keys of Stripe's manual.
  '6e1c02eee7cd7554bf1bb57e6a5dea5740c17642227b638d71064ee84cf788d7',
  '2ec47caba11ef94632a55986216a63aa51c490d5e907edce2c9be0e2c4c0b5a7',
  '100885dfaf83bcf3ed88821a817527392887713ed33c347b12160efea69ad5d2',
  // The refresh token of RFC 6749, the token of the PyJWT manual.
  '541f77bb97295e5fea9d1fa64bec96e7d49eabcccfac126c2294e9f1b3167c88',
  '739650fec5753dcd4ee0af7b7c68e546f831c5009b3947cba7e4191e7f0beb52',
  // Keys of Firebase manuals and sample applications.
  '956170a2a43f459b51c8a676dba312344edee5905a733efc66d1381cbe837f52',
  '0a2e85dd5c3e8b30655372e947f832117bf0eaca4c2861268a27662a17d8366b',
  'de79c1f7ebe5e6ad4597eed8831bca09bc1a2d12b330a7f02bf06749305e02b0',
  '7a5863b5525a9d3e75a6a861350309db35cebdccbe514f5784cc6951a1410c09',
  '7843853cb4fa234c788dc92f4ee396fcc5b49538c4ed6d7c167b020427d51459',
  '640bb7269ba75c234248809b152760bbec9f8d21c0ba8011dc037e9d2b85917f',
  '64c2da996f5e6fda3bf1b5092d550b0e28b84d824a777101301b77ceef39d6b7',
  '4e46c44c243472cbf247cf80a9bbec3eedb459e9c7b70768819693cfc4aadc78',
  'a9d518024debf06526dbd80a1624a936c49bddee3955f96f0c7f8855006d7160',
  '44c48adb5f9103a441ed35808e567f9d6986a6b3e2fd7ae31f022983a288590a',
  'db2dda9b64c87f097104e5eaee321dd4053692660fc98492582a8b2a4abf8946',
  'ea500d2d7ba5c39d5c7bbf5e5dd7481b936cec78e65e619e969961f5b75ea6fb',
  '3e07a4a13148bc9968fb0985387b9711b1050eb07abe5d532b071d4b8319b48f',
  'dd61d002ab6f6777287b73d0d8ee8502bff033420a0192c1bfeb98d86b3e0c34',
  'e0f6795ab72c75def0c9d8b8ef35061d55a9f26f6aa9085eb8464bccd632572c',
  'a760921684508fd58717e552417fbb347c158f2bc692f3ba299a1714044e829d',
]);

export const isDocumented = (secret: string): boolean => DOCUMENTED.has(secretKey(secret));
